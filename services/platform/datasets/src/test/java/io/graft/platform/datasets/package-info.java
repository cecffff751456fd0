@NullMarked
package io.graft.platform.datasets;

import org.jspecify.annotations.NullMarked;
