/** Tests of the registry on a real database and a real artifact store. */
@NullMarked
package io.graft.registry.store;

import org.jspecify.annotations.NullMarked;
