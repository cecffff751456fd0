/** The transfer service's gRPC services and the beans that they are made of. */
@NullMarked
package io.graft.transfer.api;

import org.jspecify.annotations.NullMarked;
