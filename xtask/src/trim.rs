//! Takes functions out of the browser half that it carries and never calls.
//!
//! Views of erased type keep all their operations in tables, so that the linker has to keep every operation of every
//! view: also those of programs that load their pages' code lazily, which this one does not do. Its pages start by
//! `hydrate_body`, which never asks for them; if it did, the stories in a browser would end in a trap.

use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};

/// Part of the names of the functions that lazily loaded pages would be hydrated by. Only the bodies of these `async`
/// functions, not what makes or drops them: each body names its own place in the source, so that the compiler cannot
/// have merged it with a function of the same instructions that is called.
pub const NEVER_CALLED: &str = "hydrate_async28_$u7b$$u7b$closure$u7d$$u7d$17h";

/// Replaces their bodies by a trap and returns how many there were. The optimiser then removes what only they used.
pub fn trim(module: &mut Module) -> usize {
    let found: Vec<FunctionId> = module
        .funcs
        .iter()
        .filter(|function| matches!(function.kind, FunctionKind::Local(_)))
        .filter(|function| function.name.as_deref().is_some_and(|name| name.contains(NEVER_CALLED)))
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
        let names = ["4view13hydrate_async28_$u7b$$u7b$closure$u7d$$u7d$17h12E", "4view13hydrate_async5inner17h34E"];
        let ids = names.map(|name| {
            let argument = module.locals.add(ValType::I32);
            let mut function = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
            function.name(name.to_owned()).func_body().local_get(argument);
            function.finish(vec![argument], &mut module.funcs)
        });

        assert_eq!(trim(&mut module), 1);

        let traps = ids.map(|id| {
            let function = module.funcs.get(id).kind.unwrap_local();
            function.block(function.entry_block()).iter().any(|(op, _)| op.is_unreachable())
        });
        assert_eq!(traps, [true, false]);
    }
}
