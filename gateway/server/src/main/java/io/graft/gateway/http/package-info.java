/** The HTTP side: routes, unary answers, event streams, headers. */
@NullMarked
package io.graft.gateway.http;

import org.jspecify.annotations.NullMarked;
