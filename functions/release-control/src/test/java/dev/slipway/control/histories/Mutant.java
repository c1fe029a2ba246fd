package dev.slipway.control.histories;

/** The product with one guard removed, by a double between it and the simulator. */
enum Mutant {
  /** The product. */
  NONE,
  /** W3: the head is as it was before the alias was read. */
  HEAD_READ_FIRST,
  /** W4: the alias is written whatever its revision. */
  NO_REVISION,
  /** W5: an alias that looks right is not written again. */
  CONFIRM_BY_READ,
  /** W4: a write of the alias that got no answer counts as done. */
  TIME_OUT_IS_SUCCESS,
  /** W6: an entry is written over that of another worker. */
  NO_HEAD_GUARD,
  /** W2: an entry that got no answer counts as written. */
  LOST_ENTRY_IS_WRITTEN,
  /** W7: what {@code $LATEST} holds is published and not compared. */
  PUBLISH_ANYTHING,
  /** Every signature is taken for good. */
  ANY_SIGNATURE,
  /** Golden requests are never answered badly. */
  NO_GOLDEN,
  /** W9: alarms are not seen. */
  NO_ALARMS,
  /** W8: a version that the alias routes to is deleted. */
  DELETE_SERVING
}
