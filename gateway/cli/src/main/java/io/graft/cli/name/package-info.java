/** Short names of resources. */
@NullMarked
package io.graft.cli.name;

import org.jspecify.annotations.NullMarked;
