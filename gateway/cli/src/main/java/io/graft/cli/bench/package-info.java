/** Measurements that a user can repeat on his own machine. */
@NullMarked
package io.graft.cli.bench;

import org.jspecify.annotations.NullMarked;
