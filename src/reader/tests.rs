use super::*;

#[test]
fn what_is_no_pdf_is_said_to_be_none() {
    assert_eq!(Reader::open(b"hello".to_vec()).err(), Some(ReadError::NotPdf));
    assert_eq!(Reader::open(b"PK\x03\x04....%PDF-1.7".to_vec()).err(), Some(ReadError::Archive));
    assert_eq!(Reader::open(b"%PDF-1.7 and nothing else".to_vec()).err(), Some(ReadError::NotPdf));
}
