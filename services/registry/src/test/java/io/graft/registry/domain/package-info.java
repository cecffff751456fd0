/** Tests of the registry's domain. */
@NullMarked
package io.graft.registry.domain;

import org.jspecify.annotations.NullMarked;
