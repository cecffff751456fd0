/** Where the bytes of a data set come from, how much of them may be read at once, and which file is of which split. */
@NullMarked
package io.graft.platform.datasets.file;

import org.jspecify.annotations.NullMarked;
