/**
 * Who may do what: statements of roles, each wildcard with its written reason. Used by the stacks.
 */
@NullMarked
package dev.slipway.infra.policy;

import org.jspecify.annotations.NullMarked;
