/** Errors as {@code application/problem+json} (RFC 9457). */
@NullMarked
package io.graft.gateway.problem;

import org.jspecify.annotations.NullMarked;
