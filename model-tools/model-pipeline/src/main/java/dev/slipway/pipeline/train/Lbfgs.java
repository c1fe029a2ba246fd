package dev.slipway.pipeline.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Finds the minimum of a smooth convex function: limited-memory BFGS with a backtracking line
 * search. D. Liu, J. Nocedal: On the limited memory BFGS method for large scale optimization, 1989
 * (two-loop recursion, γ scaling of eq. 2.10).
 */
final class Lbfgs {
  private static final int MEMORY = 10;
  // Sufficient decrease; J. Nocedal, S. Wright: Numerical Optimization, 2006, section 3.1.
  private static final double ARMIJO = 1e-4;

  private final int maximumIterations;
  private final double tolerance;

  /**
   * Sets when to stop.
   *
   * @param maximumIterations at least 1
   * @param tolerance stop when the gradient's largest component is below it
   */
  Lbfgs(int maximumIterations, double tolerance) {
    this.maximumIterations = maximumIterations;
    this.tolerance = tolerance;
  }

  /** A function with its gradient. */
  @FunctionalInterface
  interface Function {
    /** Returns f(x) and writes ∇f(x). */
    double evaluate(double[] point, double[] gradient);
  }

  private record Correction(double[] step, double[] change, double rho) {}

  /** {@return the point found, starting from the given one, which is not changed} */
  double[] minimise(Function function, double[] start) {
    double[] point = start.clone();
    double[] gradient = new double[point.length];
    double value = function.evaluate(point, gradient);
    Deque<Correction> memory = new ArrayDeque<>();
    for (int iteration = 0; iteration < maximumIterations; iteration++) {
      if (largest(gradient) < tolerance) {
        break;
      }
      double[] direction = direction(gradient, memory);
      double slope = dot(direction, gradient);
      double length = memory.isEmpty() ? 1 / Math.max(1, largest(gradient)) : 1;
      double[] next = new double[point.length];
      double[] nextGradient = new double[point.length];
      double nextValue = Double.POSITIVE_INFINITY;
      // 40 halvings are below double precision: no further descent along this line.
      int halvings = 0;
      while (halvings++ < 40) {
        for (int index = 0; index < point.length; index++) {
          next[index] = point[index] + length * direction[index];
        }
        nextValue = function.evaluate(next, nextGradient);
        if (nextValue <= value + ARMIJO * length * slope) {
          break;
        }
        length /= 2;
      }
      if (!(nextValue < value)) {
        break;
      }
      remember(memory, point, next, gradient, nextGradient);
      point = next;
      gradient = nextGradient;
      value = nextValue;
    }
    return point;
  }

  private static void remember(
      Deque<Correction> memory, double[] from, double[] to, double[] before, double[] after) {
    double[] step = new double[from.length];
    double[] change = new double[from.length];
    for (int index = 0; index < from.length; index++) {
      step[index] = to[index] - from[index];
      change[index] = after[index] - before[index];
    }
    double curvature = dot(step, change);
    if (curvature > 1e-12) {
      memory.addFirst(new Correction(step, change, 1 / curvature));
      if (memory.size() > MEMORY) {
        memory.removeLast();
      }
    }
  }

  private static double[] direction(double[] gradient, Deque<Correction> memory) {
    double[] direction = gradient.clone();
    double[] alphas = new double[memory.size()];
    int position = 0;
    for (Correction correction : memory) {
      double alpha = correction.rho() * dot(correction.step(), direction);
      alphas[position++] = alpha;
      addScaled(direction, correction.change(), -alpha);
    }
    if (!memory.isEmpty()) {
      Correction latest = memory.getFirst();
      double gamma = 1 / (latest.rho() * dot(latest.change(), latest.change()));
      for (int index = 0; index < direction.length; index++) {
        direction[index] *= gamma;
      }
    }
    for (Iterator<Correction> oldest = memory.descendingIterator(); oldest.hasNext(); ) {
      Correction correction = oldest.next();
      double beta = correction.rho() * dot(correction.change(), direction);
      addScaled(direction, correction.step(), alphas[--position] - beta);
    }
    for (int index = 0; index < direction.length; index++) {
      direction[index] = -direction[index];
    }
    return direction;
  }

  private static void addScaled(double[] to, double[] what, double factor) {
    for (int index = 0; index < to.length; index++) {
      to[index] += factor * what[index];
    }
  }

  private static double dot(double[] left, double[] right) {
    double sum = 0;
    for (int index = 0; index < left.length; index++) {
      sum += left[index] * right[index];
    }
    return sum;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
