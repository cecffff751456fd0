/** Names of resources. */
@NullMarked
package io.graft.platform.resource;

import org.jspecify.annotations.NullMarked;
