package dev.slipway.pipeline.train;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Independent random streams from one seed: the same seed and purpose give the same numbers,
 * whatever else was drawn.
 *
 * @param seed the run's seed
 */
public record Seeds(long seed) {
  // Named, so that another JDK cannot change the default under us.
  private static final String ALGORITHM = "L64X128MixRandom";

  /** {@return a fresh generator for one purpose} */
  public RandomGenerator generator(String purpose) {
    return RandomGeneratorFactory.of(ALGORITHM).create(derive(purpose));
  }

  /** {@return the seed of one purpose: FNV-1a of its name mixed with the run's seed} */
  public long derive(String purpose) {
    long hash = 0xcbf29ce484222325L ^ seed;
    for (int index = 0; index < purpose.length(); index++) {
      // Offset basis and prime of 64-bit FNV-1a (Fowler, Noll, Vo).
      hash = (hash ^ purpose.charAt(index)) * 0x100000001b3L;
    }
    return hash ^ (hash >>> 32);
  }

  /** {@return the numbers 0 to count − 1 in random order} */
  public static int[] shuffled(int count, RandomGenerator random) {
    int[] order = new int[count];
    for (int index = 0; index < count; index++) {
      int swap = random.nextInt(index + 1);
      order[index] = order[swap];
      order[swap] = index;
    }
    return order;
  }
}
