/** The controller's interfaces on AWS. The only package here that knows the AWS SDK. */
@NullMarked
package dev.slipway.control.aws;

import org.jspecify.annotations.NullMarked;
