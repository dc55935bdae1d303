use granit_parser::*;
fn main() {
    let t = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let mut p = Parser::new_from_str_with_options(
        &t,
        granit_parser::options! {emit_comments:false, emit_unresolved_aliases:true},
    );
    loop {
        match p.next_event() {
            None => break,
            Some(Ok((e, s))) => {
                println!("{:?} {:?} {:?}", e, s.start.byte_offset().zip(s.end.byte_offset()), s.slice(&t));
            }
            Some(Err(e)) => {
                println!("ERR {e} {:?}", e.marker().byte_offset());
                let r = p.proceed_next_document();
                println!("{r:?}");
                if !matches!(r, Ok(true)) {
                    break;
                }
            }
        }
    }
}
