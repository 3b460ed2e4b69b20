package coppice.engine.typing;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.schema.DefinedType;
import coppice.api.schema.SchemaView;
import coppice.schema.CompiledType;
import coppice.schema.TypeFormat;
import java.util.List;
import java.util.Optional;

/// The types of one state, to read.
public record TypesView(BranchTypes all) implements SchemaView {
    @Override
    public List<DefinedType> types() {
        return all.all().values().stream().map(all::shown).toList();
    }

    @Override
    public Optional<DefinedType> find(String name) {
        return all.find(name).map(all::shown);
    }

    @Override
    public String text(String name) {
        return TypeFormat.write(require(all, name).definition()).text();
    }

    /// A type that must be there.
    ///
    /// @throws DatabaseException.NotFound when it is not
    public static CompiledType require(BranchTypes types, String name) {
        return types.find(name)
                .orElseThrow(() -> new DatabaseException.NotFound(
                                ErrorCode.UNKNOWN_TYPE,
                                "There is no type '" + name + "'; there are "
                                        + types.all().keySet() + ": look at schema().types()")
                        .with("type", name));
    }
}
