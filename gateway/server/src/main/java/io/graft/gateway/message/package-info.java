/** From a request's path, query and body to its message, and from messages to JSON. */
@NullMarked
package io.graft.gateway.message;

import org.jspecify.annotations.NullMarked;
