/** Events between services and workers. */
@NullMarked
package io.graft.platform.event;

import org.jspecify.annotations.NullMarked;
