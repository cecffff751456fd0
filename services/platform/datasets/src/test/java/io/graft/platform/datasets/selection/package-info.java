@NullMarked
package io.graft.platform.datasets.selection;

import org.jspecify.annotations.NullMarked;
