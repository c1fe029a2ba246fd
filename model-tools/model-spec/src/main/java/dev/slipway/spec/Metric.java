package dev.slipway.spec;

/** What a gate measures on the test rows. */
public enum Metric implements Word {
  /**
   * Area under the ROC curve; two classes (with more: the mean over one class against the rest).
   */
  ROC_AUC("roc_auc", true, true),
  /** Share of right answers. */
  ACCURACY("accuracy", true, true),
  /** Mean over the classes of the share of right answers. */
  BALANCED_ACCURACY("balanced_accuracy", true, true),
  /** Mean over the classes of the harmonic mean of precision and recall. */
  F1("f1", true, true),
  /** Mean negative log-likelihood of the right class, in nats. */
  LOG_LOSS("log_loss", false, true),
  /** Share of the variance that is explained; 1 is perfect, 0 is as good as the mean. */
  R2("r2", true, false),
  /** Root of the mean squared error, in units of the target. */
  RMSE("rmse", false, false),
  /** Mean absolute error, in units of the target. */
  MAE("mae", false, false);

  private final String word;
  private final boolean higherIsBetter;
  private final boolean forClassification;

  Metric(String word, boolean higherIsBetter, boolean forClassification) {
    this.word = word;
    this.higherIsBetter = higherIsBetter;
    this.forClassification = forClassification;
  }

  @Override
  public String word() {
    return word;
  }

  /** Says whether a larger value is a better one. */
  public boolean higherIsBetter() {
    return higherIsBetter;
  }

  /** Says whether this metric can judge a model of the task. */
  public boolean suits(Task task) {
    return forClassification == task.isClassification();
  }

  /**
   * {@return the metric that judges when {@code model.yaml} names none: ROC AUC for two classes,
   * accuracy for more, R² for numbers (its drops mean the same whatever the target's unit)}
   *
   * @param classes number of classes of the target; not looked at for regression
   */
  public static Metric defaultFor(Task task, int classes) {
    if (!task.isClassification()) {
      return R2;
    }
    return classes == 2 ? ROC_AUC : ACCURACY;
  }
}
