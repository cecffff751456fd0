/** What the columns of a data set hold, inferred from every row, and the rules that a use of it sets. */
@NullMarked
package io.graft.platform.datasets.schema;

import org.jspecify.annotations.NullMarked;
