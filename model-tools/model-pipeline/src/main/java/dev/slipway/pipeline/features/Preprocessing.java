package dev.slipway.pipeline.features;

import dev.slipway.pipeline.train.FeatureMatrix;
import java.util.Arrays;
import java.util.List;

/**
 * Fills gaps with the median, scales each number to mean 0 and deviation 1, holds it within
 * ±{@value #BOUND} deviations, and gives each word a column of its own. Immutable.
 */
public final class Preprocessing {
  /**
   * A typing error of a request must not drown every other feature, nor overflow the network.
   * Values this far out are not seen in training data of the sizes meant here.
   */
  public static final float BOUND = 10;

  /** Half the spacing of 32-bit floats, relative to their size. */
  private static final double ROUNDING = 6e-8;

  private final float[] fill;
  private final float[] mean;
  private final float[] inverseDeviation;
  private final List<List<String>> words;

  private Preprocessing(
      float[] fill, float[] mean, float[] inverseDeviation, List<List<String>> words) {
    this.fill = fill;
    this.mean = mean;
    this.inverseDeviation = inverseDeviation;
    this.words = words;
  }

  /** {@return what the rows to learn from say} */
  public static Preprocessing fit(ModelSchema schema, Rows rows) {
    int numbers = schema.numbers().size();
    float[] fill = new float[numbers];
    float[] mean = new float[numbers];
    float[] inverse = new float[numbers];
    for (int feature = 0; feature < numbers; feature++) {
      double[] values = present(rows, feature);
      Arrays.sort(values);
      fill[feature] = values.length == 0 ? 0 : (float) values[values.length / 2];
      double center = Arrays.stream(values).average().orElse(0);
      double square =
          Arrays.stream(values).map(v -> (v - center) * (v - center)).average().orElse(0);
      mean[feature] = (float) center;
      inverse[feature] = inverse(center, Math.sqrt(square));
    }
    return new Preprocessing(
        fill,
        mean,
        inverse,
        schema.categories().stream().map(ModelSchema.CategoryFeature::words).toList());
  }

  /** 0, so that the column says nothing, where its values differ by no more than rounding. */
  private static float inverse(double mean, double deviation) {
    float inverse = (float) (1 / deviation);
    boolean varies = deviation > ROUNDING * Math.abs(mean) && Float.isFinite(inverse);
    return varies ? inverse : 0;
  }

  private static double[] present(Rows rows, int feature) {
    double[] values = new double[rows.size()];
    int count = 0;
    for (int row = 0; row < rows.size(); row++) {
      double value = rows.number(row, feature);
      if (!Double.isNaN(value)) {
        values[count++] = value;
      }
    }
    return Arrays.copyOf(values, count);
  }

  /**
   * {@return the numbers of some rows as the network sees them, computed in 32 bits as the graph
   * does}
   */
  public FeatureMatrix apply(Rows rows) {
    int width = width();
    float[] values = new float[rows.size() * width];
    for (int row = 0; row < rows.size(); row++) {
      int at = row * width;
      for (int feature = 0; feature < fill.length; feature++) {
        values[at++] = scaled((float) rows.number(row, feature), feature);
      }
      for (int feature = 0; feature < words.size(); feature++) {
        int word = words.get(feature).indexOf(rows.word(row, feature));
        if (word >= 0) {
          values[at + word] = 1;
        }
        at += words.get(feature).size();
      }
    }
    return FeatureMatrix.of(rows.size(), width, values);
  }

  private float scaled(float value, int feature) {
    float filled = Float.isNaN(value) ? fill[feature] : value;
    return Math.clamp((filled - mean[feature]) * inverseDeviation[feature], -BOUND, BOUND);
  }

  /** {@return how many numbers a row becomes} */
  public int width() {
    return fill.length + words.stream().mapToInt(List::size).sum();
  }

  /** {@return by numeric feature, what stands for a missing value} */
  public float[] fill() {
    return fill.clone();
  }

  /** {@return by numeric feature, the mean} */
  public float[] mean() {
    return mean.clone();
  }

  /** {@return by numeric feature, 1 over the standard deviation} */
  public float[] inverseDeviation() {
    return inverseDeviation.clone();
  }

  /** {@return by category feature, its words} */
  public List<List<String>> words() {
    return words;
  }
}
