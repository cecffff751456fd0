package io.graft.platform.catalogue;

import io.graft.platform.methods.MethodCatalog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The catalogue of this release, for all services of one process. */
@ApplicationScoped
class CatalogueBeans {
    @Produces
    @Singleton
    MethodCatalog methods() {
        return MethodCatalog.load();
    }
}
