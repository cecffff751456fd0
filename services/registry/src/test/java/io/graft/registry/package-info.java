/** What the registry's tests share. */
@NullMarked
package io.graft.registry;

import org.jspecify.annotations.NullMarked;
