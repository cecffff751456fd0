/** What tests of a service need: a registry that knows a few versions, a store of jobs, the real parts. */
@NullMarked
package io.graft.platform.servicekit;

import org.jspecify.annotations.NullMarked;
