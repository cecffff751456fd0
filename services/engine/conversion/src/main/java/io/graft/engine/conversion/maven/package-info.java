/** Gets model jars through the Maven of the machine, whose settings and mirrors it honours. */
@NullMarked
package io.graft.engine.conversion.maven;

import org.jspecify.annotations.NullMarked;
