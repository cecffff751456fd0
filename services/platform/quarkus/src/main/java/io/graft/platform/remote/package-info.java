/** Calls from one service to another over gRPC. */
@NullMarked
package io.graft.platform.remote;

import org.jspecify.annotations.NullMarked;
