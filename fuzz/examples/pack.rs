//! Writes the file that an input of a container target stands for: `pack xls INPUT OUTPUT`.

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [target, input, output] = arguments.as_slice() else {
        panic!("pack TARGET INPUT OUTPUT");
    };
    let data = std::fs::read(input).expect("a readable input");
    let packed = if target == "xls" { zhijian_fuzz::compound(&data) } else { zhijian_fuzz::zipped(&data) };
    std::fs::write(output, packed.expect("an input that can be packed")).expect("a writable output");
}
