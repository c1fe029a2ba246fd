/** The services behind the interfaces of {@code run}: S3, SSM, Step Functions, KMS. */
@NullMarked
package dev.slipway.tasks.aws;

import org.jspecify.annotations.NullMarked;
