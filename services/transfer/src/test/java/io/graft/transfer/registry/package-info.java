/** Tests of the way to the registry. */
@NullMarked
package io.graft.transfer.registry;

import org.jspecify.annotations.NullMarked;
