package coppice.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.schema.DefinedType;
import coppice.api.schema.Existing;
import coppice.api.schema.Schema;
import coppice.api.schema.TypeDefinition;
import coppice.api.schema.Validation;
import coppice.engine.live.LiveBranch;
import coppice.engine.storage.Gate;
import coppice.engine.transaction.Defining;
import coppice.engine.typing.TypesView;
import coppice.schema.TypeFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The API's face of the types of a branch.
final class EmbeddedSchema implements Schema {
    private final LiveBranch branch;
    private final Defining defining;
    private final Gate gate;

    EmbeddedSchema(LiveBranch branch, Parts parts) {
        this.branch = branch;
        this.defining = parts.defining();
        this.gate = parts.gate();
    }

    private <T> T looking(Function<TypesView, T> look) {
        return gate.guarded(() -> look.apply(new TypesView(defining.types(branch))));
    }

    @Override
    public List<DefinedType> types() {
        return looking(TypesView::types);
    }

    @Override
    public Optional<DefinedType> find(String name) {
        return looking(view -> view.find(name));
    }

    @Override
    public String text(String name) {
        return looking(view -> view.text(name));
    }

    @Override
    public Validation define(TypeDefinition type, Existing existing) {
        return gate.guarded(() -> defining.define(branch, type, existing));
    }

    @Override
    public Validation define(String name, String json, Existing existing) {
        return define(TypeFormat.read(name, json.getBytes(UTF_8)), existing);
    }

    @Override
    public Validation validate(String name) {
        return gate.guarded(() -> defining.validate(branch, name));
    }

    @Override
    public void drop(String name) {
        gate.guarded(() -> {
            defining.drop(branch, name);
            return true;
        });
    }
}
