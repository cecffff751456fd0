/** The other services, over gRPC. */
@NullMarked
package io.graft.pipelines.services;

import org.jspecify.annotations.NullMarked;
