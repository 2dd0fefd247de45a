//! Takes functions out of the browser half that it carries and never calls.
//!
//! Views of erased type keep all their operations in tables, so that the linker has to keep every operation of every
//! view: also those of programs that load their pages' code lazily, which this one does not do. Its pages start by
//! `hydrate_body`, which never calls them; if it did, the stories in a browser would end in a trap.

use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};

/// Parts of the names of functions that nothing reaches.
pub const NEVER_CALLED: [&str; 1] = ["hydrate_async"];

/// Replaces their bodies by a trap and returns how many there were. The optimiser then removes what only they used.
pub fn trim(module: &mut Module) -> usize {
    let never_called = |name: &str| NEVER_CALLED.iter().any(|part| name.contains(part));
    let found: Vec<FunctionId> = module
        .funcs
        .iter()
        .filter(|function| matches!(function.kind, FunctionKind::Local(_)))
        .filter(|function| function.name.as_deref().is_some_and(never_called))
        .map(|function| function.id())
        .collect();
    for id in &found {
        let kind = module.types.get(module.funcs.get(*id).ty());
        let (takes, gives) = (kind.params().to_vec(), kind.results().to_vec());
        let arguments = takes.iter().map(|kind| module.locals.add(*kind)).collect();
        let mut trap = FunctionBuilder::new(&mut module.types, &takes, &gives);
        trap.func_body().unreachable();
        module.funcs.get_mut(*id).kind = FunctionKind::Local(trap.local_func(arguments));
    }
    found.len()
}

#[cfg(test)]
mod tests {
    use walrus::{Module, ValType};

    use super::*;

    #[test]
    fn only_what_is_never_called_becomes_a_trap() {
        let mut module = Module::default();
        let ids = ["view::hydrate_async::h12", "view::hydrate::h34"].map(|name| {
            let argument = module.locals.add(ValType::I32);
            let mut function = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
            function.name(name.to_owned()).func_body().local_get(argument);
            function.finish(vec![argument], &mut module.funcs)
        });

        assert_eq!(trim(&mut module), 1);

        let sizes = ids.map(|id| {
            let function = module.funcs.get(id).kind.unwrap_local();
            function.block(function.entry_block()).iter().map(|(op, _)| op.is_unreachable()).collect::<Vec<_>>()
        });
        assert_eq!(sizes, [vec![true], vec![false]]);
    }
}
