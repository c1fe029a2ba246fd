package dev.slipway.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a class of tests that use the whole system as a person would: by {@code ./slipway}, HTTP
 * and S3. All of them share one {@link LocalSystem}, given to any test method that takes one.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("localstack")
@ExtendWith(SharedSystem.class)
@interface SystemTest {}
