/**
 * How a published technique describes its parameters, once, for validation, documentation and forms.
 *
 * <p>A method is a class with {@link io.graft.platform.methods.Method} and a record of parameters whose components carry
 * {@link io.graft.platform.methods.Param}. The engine binds values to the record; services, which never see the engine,
 * check the same values against the {@link io.graft.platform.methods.MethodCatalog}.
 */
@NullMarked
package io.graft.platform.methods;

import org.jspecify.annotations.NullMarked;
