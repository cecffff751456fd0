/** The newcomer's demonstration: a real update moved to a new base, end to end, on this machine. */
@NullMarked
package io.graft.cli.demo;

import org.jspecify.annotations.NullMarked;
