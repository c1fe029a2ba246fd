/** The ledger's objects in S3. The only package here that knows the AWS SDK. */
@NullMarked
package dev.slipway.release.aws;

import org.jspecify.annotations.NullMarked;
