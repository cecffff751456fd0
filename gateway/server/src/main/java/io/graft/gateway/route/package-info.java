/** From an HTTP method and path to an RPC, as the API's {@code google.api.http} annotations have it. */
@NullMarked
package io.graft.gateway.route;

import org.jspecify.annotations.NullMarked;
