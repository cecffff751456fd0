/** Settings, and the beans that are made from them. */
@NullMarked
package io.graft.platform.config;

import org.jspecify.annotations.NullMarked;
