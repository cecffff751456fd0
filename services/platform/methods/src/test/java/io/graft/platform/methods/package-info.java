@NullMarked
package io.graft.platform.methods;

import org.jspecify.annotations.NullMarked;
