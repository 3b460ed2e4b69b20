package coppice.engine;

import coppice.api.projection.ProjectionDefinition;
import coppice.api.projection.ProjectionStatus;
import coppice.api.projection.Projections;
import coppice.engine.storage.Gate;
import coppice.engine.views.Catalogue;
import coppice.engine.views.Defined;
import coppice.engine.views.Defining;
import coppice.engine.views.Refreshing;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The API's face of the projections of a database.
final class EmbeddedProjections implements Projections {
    private final Catalogue catalogue;
    private final Defining defining;
    private final Refreshing refreshing;
    private final Gate gate;

    EmbeddedProjections(Parts parts) {
        this.catalogue = parts.views().catalogue();
        this.defining = parts.views().defining();
        this.refreshing = parts.views().refreshing();
        this.gate = parts.gate();
    }

    private void run(Runnable body) {
        gate.guarded(() -> {
            body.run();
            return true;
        });
    }

    @Override
    public Map<String, ProjectionDefinition> all() {
        return gate.guarded(() -> {
            Map<String, ProjectionDefinition> all = new TreeMap<>();
            catalogue
                    .all()
                    .forEach((name, one) -> all.put(name, one.projection().definition()));
            return all;
        });
    }

    @Override
    public Optional<ProjectionDefinition> find(String name) {
        return gate.guarded(
                () -> catalogue.find(name).map(one -> one.projection().definition()));
    }

    @Override
    public String text(String name) {
        return gate.guarded(() -> catalogue.require(name).text());
    }

    @Override
    public void create(String name, ProjectionDefinition definition) {
        run(() -> defining.define(name, definition, false));
    }

    @Override
    public void create(String name, String text) {
        run(() -> defining.define(name, text, false));
    }

    @Override
    public void replace(String name, ProjectionDefinition definition) {
        run(() -> defining.define(name, definition, true));
    }

    @Override
    public void replace(String name, String text) {
        run(() -> defining.define(name, text, true));
    }

    @Override
    public void drop(String name) {
        run(() -> refreshing.forget(catalogue.drop(name)));
    }

    @Override
    public ProjectionStatus status(String name) {
        return gate.guarded(() -> refreshing.status(catalogue.require(name)));
    }

    @Override
    public ProjectionStatus rebuild(String name) {
        return gate.guarded(() -> {
            Defined defined = catalogue.require(name);
            refreshing.rebuild(defined);
            return refreshing.status(defined);
        });
    }

    @Override
    public void cancel(String name) {
        run(() -> refreshing.cancel(catalogue.require(name)));
    }

    @Override
    public void pause() {
        run(() -> refreshing.pause(true));
    }

    @Override
    public void resume() {
        run(() -> refreshing.pause(false));
    }

    @Override
    public void keepVersions(int versions) {
        run(() -> refreshing.keepVersions(versions));
    }
}
