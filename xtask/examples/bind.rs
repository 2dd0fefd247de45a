fn main() {
    let mut args = std::env::args().skip(1);
    let (built, out) = (args.next().unwrap(), args.next().unwrap());
    let module = walrus::Module::from_file(&built).unwrap();
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen.input_module("rollcall", module).out_name("rollcall").typescript(false);
    bindgen.web(true).unwrap().remove_name_section(true).remove_producers_section(true);
    bindgen.generate(&out).unwrap();
    std::fs::rename(format!("{out}/rollcall_bg.wasm"), format!("{out}/rollcall.wasm")).unwrap();
}
