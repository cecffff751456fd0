/** Tests of the transfer service over gRPC. */
@NullMarked
package io.graft.transfer.api;

import org.jspecify.annotations.NullMarked;
