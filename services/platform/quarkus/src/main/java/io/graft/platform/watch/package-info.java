/** Streams of events to clients, in order, without gaps, and over lost connections. */
@NullMarked
package io.graft.platform.watch;

import org.jspecify.annotations.NullMarked;
