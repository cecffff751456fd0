/** The OpenAPI description of what the routes accept and answer. */
@NullMarked
package io.graft.gateway.openapi;

import org.jspecify.annotations.NullMarked;
