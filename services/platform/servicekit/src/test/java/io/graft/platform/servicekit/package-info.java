@NullMarked
package io.graft.platform.servicekit;

import org.jspecify.annotations.NullMarked;
