package coppice.engine.merge;

import coppice.api.KeyPattern;
import coppice.api.MergePolicies;
import coppice.api.MergePolicy;
import coppice.api.MergeRule;
import coppice.api.Resolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The rules of one open database.
public final class Policies implements MergePolicies {
    private final Store store;
    private final Map<String, Resolver> functions = new ConcurrentHashMap<>();

    /// Where the rules are kept.
    public interface Store {
        /// All rules, in order.
        List<MergeRule> load();

        /// Keeps these rules in place of all; they are durable when this returns.
        void save(List<MergeRule> rules);
    }

    /// The rules in a store.
    public Policies(Store store) {
        this.store = store;
    }

    /// The functions that are registered now, by name.
    private Map<String, Resolver> functions() {
        return Map.copyOf(functions);
    }

    /// What works a merge out by the rules of this moment.
    ///
    /// @param own the rules of the merge, which come after them
    public ThreeWay threeWay(Sides sides, List<MergeRule> own, Resolver resolver) {
        return new ThreeWay(sides, new Rules(rules(), own, new StructurePolicies(sides)::of), functions(), resolver);
    }

    @Override
    public List<MergeRule> rules() {
        return store.load();
    }

    @Override
    public synchronized void add(MergeRule rule) {
        List<MergeRule> next = without(rule.spaces(), rule.keys());
        next.add(rule);
        store.save(next);
    }

    @Override
    public synchronized boolean remove(KeyPattern spaces, KeyPattern keys) {
        List<MergeRule> next = without(spaces, keys);
        boolean found = next.size() < store.load().size();
        if (found) {
            store.save(next);
        }
        return found;
    }

    private List<MergeRule> without(KeyPattern spaces, KeyPattern keys) {
        List<MergeRule> rest = new ArrayList<>(store.load());
        rest.removeIf(rule -> rule.spaces().equals(spaces) && rule.keys().equals(keys));
        return rest;
    }

    @Override
    public synchronized void replace(List<MergeRule> rules) {
        store.save(List.copyOf(rules));
    }

    @Override
    public MergePolicy policy(String space, byte[] key) {
        return new Rules(store.load(), List.of(), _ -> MergePolicy.fields()).policy(space, key);
    }

    @Override
    public void register(String name, Resolver function) {
        functions.put(MergePolicy.checkName(name), function);
    }
}
