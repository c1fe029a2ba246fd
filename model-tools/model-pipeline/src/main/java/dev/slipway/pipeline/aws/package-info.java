/**
 * The only package of this module that touches the AWS SDK: objects in S3 behind {@link
 * dev.slipway.pipeline.ObjectStore}.
 */
@NullMarked
package dev.slipway.pipeline.aws;

import org.jspecify.annotations.NullMarked;
