/** The finetuning service's gRPC service and the beans that it is made of. */
@NullMarked
package io.graft.finetuning.api;

import org.jspecify.annotations.NullMarked;
